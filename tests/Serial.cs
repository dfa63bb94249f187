using Xunit;

// The running deployment, its configuration (environment variables) and the exit code it leaves are ambient in Pulumi's test runtime.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
