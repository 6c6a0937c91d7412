using System.CommandLine;
using LuceneLsr.Tools.Claims;
using LuceneLsr.Tools.Common;

return await CommandRunner.RunAsync(
    new RootCommand("Puts claims of CSPLADE (arXiv 2504.10816) to the test on small models: each command trains what "
        + "it compares, and writes a table and a plot.")
    {
        AdaptationClaim.Command(),
        VariantsClaim.Command(),
        FlopsClaim.Command(),
    },
    args).ConfigureAwait(false);
