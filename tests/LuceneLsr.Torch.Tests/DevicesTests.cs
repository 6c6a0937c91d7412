using TorchSharp;

namespace LuceneLsr.Torch.Tests;

public class DevicesTests
{
    [Fact]
    public void The_processor_is_always_there() => Assert.Equal(DeviceType.CPU, Devices.Parse("cpu").type);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cudax")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    public void An_unknown_name_is_refused(string name) => Assert.Contains(
        $"'{name}' is unknown",
        Assert.Throws<ArgumentException>(() => Devices.Parse(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:9")]
    public void A_graphics_card_that_is_not_there_is_refused_with_the_mend(string name)
    {
        Assert.SkipWhen(torch.cuda.is_available(), "This machine has one.");
        var error = Assert.Throws<ArgumentException>(() => Devices.Parse(name));
        Assert.Contains("-p:LibTorch=cuda", error.Message, StringComparison.Ordinal);
    }
}
