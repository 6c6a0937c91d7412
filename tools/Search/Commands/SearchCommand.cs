using System.CommandLine;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Edits;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Highlighting;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Search.Feedback;
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
        Option<string[]> like = new("--like")
        {
            Description = "Id of a document to find similar ones, instead of a query; may be repeated.",
            HelpName = "ID",
        };
        var top = CommonOptions.CreateTop("Number of hits to print.", 10);
        var command = new Command("search", "Search an index and show the expansion of the query.")
        {
            syntax, like, top,
        };
        var text = new TextArgument(command, "query", "Query in plain words.");
        command.Validators.Add(result =>
        {
            if (result.IsGiven(like) == text.IsGiven(result))
            {
                result.AddError($"Give either a query or {like.Name}.");
            }
        });
        var feedback = new FeedbackOptions(command);
        command.Exclude(syntax, [.. feedback.All, like]);
        var model = new ModelOptions(command, encodesDocuments: false);
        var index = new IndexOpening(command, model);
        var queries = new QueryEncoderOption(command);
        var rules = RulesOption.CreateForSearch(command);
        command.SetWork((parsed, cancellation) =>
        {
            var loadQueries = queries.Load(parsed, model.GetCheckpoint(parsed));
            var edits = rules.LoadIfGiven(parsed, model.GetCheckpoint(parsed));
            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(directory, parsed, cancellation);
            if (parsed.GetValue(like) is { Length: > 0 } ids)
            {
                var sources = Array.ConvertAll(ids, opened.FindDocument);
                Answer(
                    opened, LikeThis(opened, sources, edits, feedback.Read(parsed)), $"Terms of {string.Join(", ", ids)}",
                    parsed.GetValue(top), new ExcludedDocuments(sources));
                return;
            }

            using var encoder = loadQueries?.Invoke(opened.Searcher.IndexReader) ?? model.Load(parsed);
            var scale = index.Verify(opened, encoder, parsed);
            var query = parsed.GetValue(syntax)
                ? Parse(text.Get(parsed), encoder, scale, edits)
                : Expand(
                    Encode(text.Get(parsed), encoder, scale, edits, cancellation), opened, feedback.Read(parsed));
            Answer(opened, query, $"Expansion of \"{text.Get(parsed)}\"", parsed.GetValue(top));
        });
        return command;
    }

    private static void Answer(SparseIndex index, Query query, string title, int top, Filter? filter = null)
    {
        ResultsView.Write(index.Searcher, query, index.Searcher.Search(query, filter, top));
        ExpansionView.Write(
            $"{title} (query weights as impacts)", QueryTerms.Collect(query, SparseIndex.ContentsField));
    }

    private static ImpactQuery Encode(
        string text, ISparseEncoder encoder, ImpactScale scale, RelevanceRules? rules, CancellationToken cancellation)
    {
        var impacts = scale.Quantize(encoder.Encode(text, TextSide.Query, cancellation));
        return new ImpactQuery(SparseIndex.ContentsField, impacts).WithRules(rules, text);
    }

    private static ImpactQuery LikeThis(
        SparseIndex index, int[] sources, RelevanceRules? rules, RocchioFeedback? feedback) => Expand(
        new ImpactMoreLikeThis().CreateQuery(
            index.Searcher.IndexReader, SparseIndex.ContentsField, sources, rules: rules),
        index, feedback, new ExcludedDocuments(sources));

    private static ImpactQuery Expand(
        ImpactQuery query, SparseIndex index, RocchioFeedback? feedback, Filter? filter = null) =>
        feedback?.Expand(query, index.Searcher, filter) ?? query;

    private static Query Parse(string text, ISparseEncoder encoder, ImpactScale scale, RelevanceRules? rules)
    {
        using var analyzer = new LsrAnalyzer(encoder, scale);
        try
        {
            return new LsrQueryParser(LuceneVersion.LUCENE_48, SparseIndex.ContentsField, analyzer) { Rules = rules }
                .Parse(text);
        }
        catch (ParseException exception)
        {
            throw new ArgumentException(
                $"The query is not valid in Lucene's syntax. {exception.Message.Split('\n')[0]}", exception);
        }
    }
}
