using System.CommandLine;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Store;
using LuceneLsr.Analysis;
using LuceneLsr.Encoding;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.QueryParsing;
using LuceneLsr.Tools.Search.Views;
using LuceneLsr.Torch;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"search": answers a query and shows the expansion behind the answer.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        Argument<string> query = new("query") { Description = "What to find: free text in classic Lucene syntax (title:word, +, -, ^, \"\")." };
        Option<string?> index = new("--index") { Description = "Index folder; by default the built-in collection's, which is built on first use.", HelpName = "DIR" };
        var top = CommonOptions.Top("Results to show.", 10);
        Option<string> checkpoint = CommonOptions.Checkpoint(), device = CommonOptions.Device();
        var command = new Command("search", "Answers a query and shows the learned expansion behind the answer.") { query, index, top, checkpoint, device };
        command.SetAction((parsed, cancellation) =>
        {
            using var encoder = CommonOptions.LoadEncoder(parsed, checkpoint, device);
            using var directory = FSDirectory.Open(parsed.GetValue(index) ?? BuiltIn.Index);
            if (parsed.GetValue(index) is null && !IsCurrent(directory, encoder))
            {
                IndexBuilding.Run(directory, BeirCollection.ReadCorpus(BuiltIn.Collection), encoder, cancellation);
            }

            Answer(directory, encoder, parsed.GetValue(query)!, parsed.GetValue(top));
            return Task.FromResult(0);
        });
        return command;
    }

    private static bool IsCurrent(FSDirectory directory, TorchSparseEncoder encoder)
    {
        if (!DirectoryReader.IndexExists(directory))
        {
            return false;
        }

        using var reader = DirectoryReader.Open(directory);
        return Indexing.LsrIndexStamp.Read(reader) == new Indexing.LsrIndexStamp(encoder.VocabularyId, encoder.Settings.ImpactScale);
    }

    private static void Answer(FSDirectory directory, TorchSparseEncoder encoder, string text, int top)
    {
        if (!DirectoryReader.IndexExists(directory))
        {
            throw new IOException($"{directory.Directory.FullName} holds no index. Build one with the index command.");
        }

        using var index = LsrIndex.Open(directory, encoder);
        using var analyzer = new LsrAnalyzer(encoder, encoder.Settings.ImpactScale);
        var query = Parse(text, analyzer);
        ResultsView.Write(index.Searcher, query, index.Searcher.Search(query, top));
        ExpansionView.Write($"Expansion of \"{text}\"", encoder.Encode(text, TextSide.Query), encoder.Settings.MaxTerms.Query);
    }

    private static Query Parse(string text, LsrAnalyzer analyzer)
    {
        try
        {
            return new LsrQueryParser(LsrIndex.Version, LsrIndex.Contents, analyzer).Parse(text);
        }
        catch (ParseException exception)
        {
            throw new ArgumentException($"The query breaks Lucene's syntax. {exception.Message.Split('\n')[0]}", exception);
        }
    }
}
