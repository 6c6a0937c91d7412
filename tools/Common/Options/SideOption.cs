using System.CommandLine;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Creates the option for the side of texts.</summary>
public static class SideOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="value">The default.</param>
    public static Option<TextSide> Create(TextSide value) => new Option<TextSide>("--side")
    {
        Description = "Encode texts as queries or as documents.",
        DefaultValueFactory = _ => value,
    }.AcceptNamesOf<TextSide, TextSide>();
}
