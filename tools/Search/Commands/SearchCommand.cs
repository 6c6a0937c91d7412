using System.CommandLine;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Highlighting;
using LuceneLsr.QueryParsing;
using LuceneLsr.Search;
using LuceneLsr.Tools.Common;
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
        var top = CommonOptions.CreateTop("Number of hits to print.", 10);
        var command = new Command("search", "Search an index and show the expansion of the query.")
        {
            syntax, top,
        };
        var text = new TextArgument(command, "query", "Query in plain words.");
        var model = new ModelOptions(command, encodesDocuments: false);
        var queries = new QueryEncoderOption(command);
        var index = new SearchedIndex(command, model);
        command.SetWork((parsed, cancellation) =>
        {
            var loadQueries = queries.Load(parsed, model.GetCheckpoint(parsed));
            using var directory = index.OpenDirectory(parsed);
            using var opened = index.Open(parsed, directory, cancellation);
            using var encoder = loadQueries?.Invoke(opened) ?? model.Load(parsed);
            var scale = index.Verify(parsed, opened, encoder).Scale;
            Answer(opened, encoder, scale, text.Get(parsed), parsed.GetValue(syntax), parsed.GetValue(top));
        });
        return command;
    }

    private static void Answer(
        SparseIndex index, ISparseEncoder encoder, ImpactScale scale, string text, bool isSyntax, int top)
    {
        var query = isSyntax
            ? Parse(text, encoder, scale)
            : new ImpactQuery(SparseIndex.ContentsField, scale.Quantize(encoder.Encode(text, TextSide.Query)));
        ResultsView.Write(index.Searcher, query, index.Searcher.Search(query, top));
        ExpansionView.Write(
            $"Expansion of \"{text}\" (query weights as impacts)",
            QueryTerms.Collect(query, SparseIndex.ContentsField));
    }

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
