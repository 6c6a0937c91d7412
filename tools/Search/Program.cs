using System.CommandLine;
using LuceneLsr.Tools.Search.Commands;
using LuceneLsr.Tools.Common;

return await CommandRunner.RunAsync(
    new RootCommand("Learned sparse retrieval on a standard Lucene index. "
        + "Commands use the built-in checkpoint and collection by default.")
    {
        SearchCommand.Create(),
        InspectCommand.Create(),
        ServeCommand.Create(),
        EvalCommand.Create(),
        ScoreCommand.Create(),
        CompareCommand.Create(),
        IndexCommand.Create(),
        EditCommand.Create(),
        SizeCommand.Create(),
        EncodeCommand.Create(),
        JoinCommand.Create(),
        ExportCommand.Create(),
        MappingCommand.Create(),
        DriftCommand.Create(),
        QuantizeCommand.Create(),
        TradeoffCommand.Create(),
        SweepCommand.Create(),
    },
    args).ConfigureAwait(false);
