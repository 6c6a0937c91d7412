using System.CommandLine;
using LuceneLsr.Tools.Claims.Commands;
using LuceneLsr.Tools.Common;

return await CommandRunner.RunAsync(
    new RootCommand("Test claims of CSPLADE (arXiv 2504.10816) on small models. Each command trains the models that it "
        + "compares and writes a table and a plot.")
    {
        AdaptationClaim.CreateCommand(),
        VariantsClaim.CreateCommand(),
        FlopsClaim.CreateCommand(),
    },
    args).ConfigureAwait(false);
