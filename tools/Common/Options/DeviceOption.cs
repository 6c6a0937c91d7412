using System.CommandLine;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Creates the option for the device of a model.</summary>
public static class DeviceOption
{
    public static Option<string> Create() => new("--device")
    {
        Description = "Device to run the model on: cpu, cuda or cuda:n.",
        DefaultValueFactory = _ => "cpu",
    };
}
