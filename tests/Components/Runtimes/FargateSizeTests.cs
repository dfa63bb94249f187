using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Runtimes;

public sealed class FargateSizeTests
{
    [Theory]
    [InlineData(Size.Nano, 256, 512)]
    [InlineData(Size.Small, 512, 1024)]
    [InlineData(Size.Medium, 1024, 2048)]
    [InlineData(Size.Large, 2048, 4096)]
    [InlineData(Size.XLarge, 4096, 8192)]
    [InlineData(Size.XXLarge, 8192, 16384)]
    public void Every_size_is_exactly_a_pair_that_Fargate_has(Size size, int cpu, int memory)
    {
        Assert.Equal(new FargateSize(cpu, memory), FargateSize.Of(ContainerArgs.Promise(size)));
        Assert.Contains(memory, FargateSize.MemoryFor(cpu));
    }

    [Fact]
    public void Memory_comes_in_the_steps_that_its_processors_have()
    {
        Assert.Equal([512, 1024, 2048], FargateSize.MemoryFor(256));
        Assert.Equal([16384, 20480, 24576], FargateSize.MemoryFor(8192).Take(3));
        Assert.Equal(122880, FargateSize.MemoryFor(16384)[^1]);
        Assert.Empty(FargateSize.MemoryFor(300));
    }
}
