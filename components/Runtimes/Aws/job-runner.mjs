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

// event: { cluster, taskDefinition, subnets, securityGroups, attempts, timeoutSeconds, beside, goesOn, after }; the answer is the ARN of the
// task that ended well. Containers that run beside the job's own are stopped once it has ended, so that it does not matter how they end.
// A job that takes longer than one function may run is watched by several, one after the other: goesOn says that another one follows, which
// is told in after what this one answers, { running, attempt } while there is no end yet.
export const run = async (event, ecs, clock) => {
  const before = event.after ? JSON.parse(event.after) : {};
  if (typeof before === "string") return before;
  const deadline = clock.now() + event.timeoutSeconds;
  const failures = [];
  const first = before.attempt ?? 1;
  for (let attempt = first; attempt <= event.attempts; attempt++) {
    if (attempt > first) await clock.sleep(attemptPauseSeconds);
    if (clock.now() >= deadline) {
      if (event.goesOn) return { attempt };
      break;
    }

    try {
      const taskArn = (attempt === first && before.running) || await start(event, ecs);
      const stopped = await waitUntilStopped(event, taskArn, ecs, clock, deadline);
      if (!stopped) return { running: taskArn, attempt };
      return demandSuccess(event, stopped);
    } catch (error) {
      console.error(`attempt ${attempt} of ${event.attempts}: ${error.message}`);
      failures.push(`attempt ${attempt}: ${error.message}`);
    }
  }

  throw new Error(`${event.taskDefinition} did not end well. ${failures.join("; ")}. The container's output is in the log group of its task definition.`);
};

const start = async (event, ecs) => {
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
  return task.taskArn;
};

const demandSuccess = (event, stopped) => {
  const bad = stopped.containers.filter(container => container.exitCode !== 0 && !event.beside?.includes(container.name));
  if (bad.length === 0) return stopped.taskArn;
  const codes = bad.map(container => `${container.name} exited with ${container.exitCode ?? `no code (${container.reason ?? "it never ran"})`}`);
  throw new Error(`${stopped.taskArn}: ${codes.join(", ")}; ${stopped.stoppedReason ?? "no reason given"}`);
};

// Nothing where it has not stopped, and another function goes on waiting.
const waitUntilStopped = async (event, taskArn, ecs, clock, deadline) => {
  const { cluster } = event;
  const started = clock.now();
  while (clock.now() < deadline) {
    await clock.sleep(pollSeconds);
    const task = (await ecs.describeTasks({ cluster, tasks: [taskArn] })).tasks?.[0];
    if (task?.lastStatus === "STOPPED") return task;
    if (!task && clock.now() - started > tasksMayBeInvisibleSeconds) throw new Error(`${taskArn} does not exist`);
  }

  if (event.goesOn) return undefined;
  await ecs.stopTask({ cluster, task: taskArn, reason: "The job's time is over" });
  throw new Error(`${taskArn} ran out of time and was stopped`);
};
