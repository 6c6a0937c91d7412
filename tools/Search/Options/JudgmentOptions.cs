using System.CommandLine;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>Options for the judgments of runs, from a collection or a file.</summary>
internal sealed class JudgmentOptions
{
    private readonly Option<string> _collection = CommonOptions.CreateCollection();
    private readonly Option<string> _split = CommonOptions.CreateSplit();
    private readonly Option<string?> _qrels = new("--qrels")
    {
        Description = "Judgments in the format of TREC or BEIR instead of --split. Texts and titles are shown if "
            + "--collection is given, too.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public JudgmentOptions(Command command)
    {
        command.Add(_collection);
        command.Add(_split);
        command.Add(_qrels);
        command.Exclude(_qrels, _split);
    }

    /// <summary>Loads the judgments with the texts of queries and the titles of documents.</summary>
    public JudgedCollection Load(ParseResult parsed)
    {
        var folder = parsed.GetValue(_collection)!;
        if (parsed.GetValue(_qrels) is not { } file)
        {
            var collection = BeirCollection.Load(folder, parsed.GetValue(_split)!);
            return new(collection.Qrels, collection.Queries, collection.Corpus);
        }

        var qrels = QrelsFile.Read(file);
        return parsed.CommandResult.IsGiven(_collection)
            ? new(qrels, BeirCollection.ReadQueries(folder), BeirCollection.ReadCorpus(folder))
            : new(qrels, [], []);
    }
}
