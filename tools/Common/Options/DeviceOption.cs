using System.CommandLine;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>The device of a command's model.</summary>
public static class DeviceOption
{
    public static Option<string> Create() => new("--device")
    {
        Description = "Where the model runs: cpu, cuda or cuda:n.",
        DefaultValueFactory = _ => "cpu",
    };
}
