using TorchSharp;

namespace LuceneLsr.Torch.Tests;

public class DevicesTests
{
    [Fact]
    public void Parse_cpu_returns_cpu() => Assert.Equal(DeviceType.CPU, Devices.Parse("cpu").type);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cudax")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    public void Parse_unknown_name_throws(string name) => Assert.Contains(
        $"'{name}' is not a valid device",
        Assert.Throws<ArgumentException>(() => Devices.Parse(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:9")]
    public void Parse_cuda_without_gpu_throws_with_build_hint(string name)
    {
        Assert.SkipWhen(torch.cuda.is_available(), "Requires a machine without a GPU.");
        var error = Assert.Throws<ArgumentException>(() => Devices.Parse(name));
        Assert.Contains("-p:LibTorch=cuda", error.Message, StringComparison.Ordinal);
    }
}
