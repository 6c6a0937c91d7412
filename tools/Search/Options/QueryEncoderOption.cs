using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Lucene.Net.Index;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Search;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The option for the encoder of queries: the checkpoint's model, or a table, which needs no model.</summary>
internal sealed class QueryEncoderOption
{
    private readonly Option<Choice> _option = new Option<Choice>("--query-encoder")
    {
        Description = "Source of the weights of query terms: the model, the checkpoint's table "
            + $"({QueryWeights.FileName}) or IDF in the index. Table and Idf need no model.",
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

    /// <summary>Gets whether queries are encoded without the model.</summary>
    public bool IsModelFree(SymbolResult result) => result.GetValue(_option) != Choice.Model;

    /// <summary>
    /// Returns a factory of an encoder for an index, or null for the model. The checkpoint's files are read at once, so
    /// that a missing file is reported before documents are encoded.
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
                return index => CreateIdfEncoder(space, index.Searcher.IndexReader);
            case Choice.Model:
                return null;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Creates an encoder whose weights are those of IDF in an index.</summary>
    public static ISparseEncoder CreateIdfEncoder(TermSpace space, IndexReader reader) => new InferenceFreeQueryEncoder(
        space, new QueryWeights(IdfWeights.Compute(
            reader, SparseIndex.ContentsField, space.Terms.GetDistinctTerms())));
}
