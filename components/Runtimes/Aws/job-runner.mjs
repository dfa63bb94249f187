// Runs a one-off task on ECS and answers when it has ended well. AWS has no resource that does this: Pulumi invokes this function
// once per change of a job, and the update fails when it throws.

const attemptPauseSeconds = 15;
const pollSeconds = 5;
const tasksMayBeInvisibleSeconds = 60;

const systemClock = {
  now: () => Date.now() / 1000,
  sleep: seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000)),
};

export const handler = async event => {
  const { ECS } = await import("@aws-sdk/client-ecs");
  return await run(event, new ECS(), systemClock);
};

// event: { cluster, taskDefinition, subnets, securityGroups, attempts, timeoutSeconds, beside }; the answer is the ARN of the task that
// ended well. Containers that run beside the job's own are stopped once it has ended, so that it does not matter how they end.
export const run = async (event, ecs, clock) => {
  const deadline = clock.now() + event.timeoutSeconds;
  const failures = [];
  for (let attempt = 1; attempt <= event.attempts; attempt++) {
    if (attempt > 1) await clock.sleep(attemptPauseSeconds);
    if (clock.now() >= deadline) break;
    try {
      return await runOnce(event, ecs, clock, deadline);
    } catch (error) {
      console.error(`attempt ${attempt} of ${event.attempts}: ${error.message}`);
      failures.push(`attempt ${attempt}: ${error.message}`);
    }
  }

  throw new Error(`${event.taskDefinition} did not end well. ${failures.join("; ")}. The container's output is in the log group of its task definition.`);
};

const runOnce = async (event, ecs, clock, deadline) => {
  const started = await ecs.runTask({
    cluster: event.cluster,
    taskDefinition: event.taskDefinition,
    count: 1,
    launchType: "FARGATE",
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: event.subnets, securityGroups: event.securityGroups, assignPublicIp: "DISABLED" },
    },
  });
  const task = started.tasks?.[0];
  if (!task) throw new Error(`ECS started no task: ${(started.failures ?? []).map(failure => failure.reason).join(", ")}`);

  const stopped = await waitUntilStopped(event.cluster, task.taskArn, ecs, clock, deadline);
  const bad = stopped.containers.filter(container => container.exitCode !== 0 && !event.beside?.includes(container.name));
  if (bad.length === 0) return stopped.taskArn;
  const codes = bad.map(container => `${container.name} exited with ${container.exitCode ?? `no code (${container.reason ?? "it never ran"})`}`);
  throw new Error(`${stopped.taskArn}: ${codes.join(", ")}; ${stopped.stoppedReason ?? "no reason given"}`);
};

const waitUntilStopped = async (cluster, taskArn, ecs, clock, deadline) => {
  const started = clock.now();
  while (clock.now() < deadline) {
    await clock.sleep(pollSeconds);
    const task = (await ecs.describeTasks({ cluster, tasks: [taskArn] })).tasks?.[0];
    if (task?.lastStatus === "STOPPED") return task;
    if (!task && clock.now() - started > tasksMayBeInvisibleSeconds) throw new Error(`${taskArn} does not exist`);
  }

  await ecs.stopTask({ cluster, task: taskArn, reason: "The job's time is over" });
  throw new Error(`${taskArn} ran out of time and was stopped`);
};
