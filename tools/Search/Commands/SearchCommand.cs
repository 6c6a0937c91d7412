using System.CommandLine;
using Lucene.Net.Index;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;
using LuceneLsr.Tools.Search.Views;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"search": searches an index.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        Option<bool> syntax = new("--syntax")
        {
            Description = "Parse the query in Lucene's classic syntax (title:word, +, -, ^, \"\").",
        };
        Option<string?> index = new("--index")
        {
            Description = "Index folder (default that of the built-in collection, built on first use).",
            HelpName = "DIR",
        };
        Option<bool> allowOtherEncoder = new("--allow-other-encoder")
        {
            Description = "Search an index that another encoder with the same vocabulary filled.",
        };
        Option<string[]> like = new("--like")
        {
            Description = "Id of a document to find similar ones, instead of a query; may be repeated.",
            HelpName = "ID",
        };
        var top = CommonOptions.CreateTop("Number of hits to print.", 10);
        var command = new Command("search", "Search an index and show the expansion of the query.")
        {
            syntax, index, allowOtherEncoder, like, top,
        };
        var text = new TextArgument(command, "query", "Query in plain words.", replacement: like);
        var feedback = new FeedbackOptions(command);
        command.Exclude(syntax, [.. feedback.All, like]);
        var model = new ModelOptions(command, encodesDocuments: false);
        var queries = new QueryEncoderOption(command);
        command.SetWork((parsed, cancellation) =>
        {
            var loadQueries = queries.Load(parsed, model.GetCheckpoint(parsed));
            using var directory = FSDirectory.Open(
                parsed.GetValue(index)
                    ?? BuiltIn.GetIndexDirectory(model.GetCheckpoint(parsed), model.GetVariant(parsed)),
                new ExclusiveLockFactory());
            using var opened = Open(directory, parsed.GetValue(index) is null, () => model.Load(parsed), cancellation);
            if (parsed.GetValue(like) is { Length: > 0 } ids)
            {
                var sources = Array.ConvertAll(ids, opened.FindDocument);
                Answer(opened, LikeThis(opened, sources, feedback.Read(parsed)), $"Terms of {string.Join(", ", ids)}",
                    parsed.GetValue(top), new ExcludedDocuments(sources));
                return;
            }

            using var encoder = loadQueries?.Invoke(opened) ?? model.Load(parsed);
            var scale = opened.Verify(encoder, parsed.GetValue(allowOtherEncoder)).Scale;
            var query = parsed.GetValue(syntax)
                ? Parse(text.Get(parsed), encoder, scale)
                : Expand(Encode(text.Get(parsed), encoder, scale), opened, feedback.Read(parsed));
            Answer(opened, query, $"Expansion of \"{text.Get(parsed)}\"", parsed.GetValue(top));
        });
        return command;
    }

    private static SparseIndex Open(
        FSDirectory directory, bool isBuiltIn, Func<ModelEncoder> loadModel, CancellationToken cancellation)
    {
        if (DirectoryReader.IndexExists(directory))
        {
            return SparseIndex.Open(directory);
        }

        if (!isBuiltIn)
        {
            throw new IOException($"{directory.Directory.FullName} has no index. Build one with the index command.");
        }

        using var encoder = loadModel();
        return IndexBuilding.Build(directory, BeirCollection.ReadCorpus(BuiltIn.Collection), encoder,
            encoder.Settings.ImpactScale, cancellation);
    }

    private static void Answer(SparseIndex index, Query query, string title, int top, Filter? filter = null)
    {
        ResultsView.Write(index.Searcher, query, index.Searcher.Search(query, filter, top));
        ExpansionView.Write(
            $"{title} (query weights as impacts)", QueryTerms.Collect(query, SparseIndex.ContentsField));
    }

    private static ImpactQuery Encode(string text, ISparseEncoder encoder, ImpactScale scale) =>
        new(SparseIndex.ContentsField, scale.Quantize(encoder.Encode(text, TextSide.Query)));

    private static ImpactQuery LikeThis(SparseIndex index, int[] sources, RocchioFeedback? feedback) => Expand(
        new ImpactMoreLikeThis().CreateQuery(index.Searcher.IndexReader, SparseIndex.ContentsField, sources),
        index, feedback, new ExcludedDocuments(sources));

    private static ImpactQuery Expand(
        ImpactQuery query, SparseIndex index, RocchioFeedback? feedback, Filter? filter = null) =>
        feedback?.Expand(query, index.Searcher, filter) ?? query;

    private static Query Parse(string text, ISparseEncoder encoder, ImpactScale scale)
    {
        using var analyzer = new LsrAnalyzer(encoder, scale);
        try
        {
            return new LsrQueryParser(LuceneVersion.LUCENE_48, SparseIndex.ContentsField, analyzer).Parse(text);
        }
        catch (ParseException exception)
        {
            throw new ArgumentException(
                $"The query is not valid in Lucene's syntax. {exception.Message.Split('\n')[0]}", exception);
        }
    }
}
