using System.CommandLine;
using System.CommandLine.Parsing;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Search;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>What weights the terms of queries: the checkpoint's model, or a table, which needs none.</summary>
internal sealed class QueryEncoderOption
{
    private readonly Option<Choice> _option = new Option<Choice>("--query-encoder")
    {
        Description = "What weights a query's terms: the model or, without it, the checkpoint's table "
            + $"({QueryWeights.FileName}) or IDF in the index.",
        DefaultValueFactory = _ => Choice.Model,
    }.AcceptNamesOf<Choice, Choice>();

    /// <summary>Adds the option to a command.</summary>
    public QueryEncoderOption(Command command) => command.Add(_option);

    private enum Choice
    {
        Model,
        Table,
        Idf,
    }

    /// <summary>Whether queries are encoded by a table.</summary>
    public bool IsTable(SymbolResult result) => result.GetValue(_option) != Choice.Model;

    /// <summary>
    /// Makes the encoder that needs no model for an index; null where the model is asked for. The checkpoint's files
    /// are read at once, so that a missing one is told before documents are encoded.
    /// </summary>
    public Func<SparseIndex, ISparseEncoder>? Load(ParseResult parsed, string checkpoint)
    {
        switch (parsed.GetValue(_option))
        {
            case Choice.Table:
                var learned = InferenceFreeQueryEncoder.Load(checkpoint);
                return _ => learned;
            case Choice.Idf:
                var space = TermSpace.Load(checkpoint);
                return index => new InferenceFreeQueryEncoder(
                    space, new QueryWeights(IdfWeights.Compute(
                        index.Searcher.IndexReader, SparseIndex.ContentsField, space.Terms.GetDistinctTerms())));
            default:
                return null;
        }
    }
}
