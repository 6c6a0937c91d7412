using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Lucene.Net.Index;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Evaluation.Sweeps;
using LuceneLsr.Search;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tools.Common.Options;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>The option for the encoder of queries: the checkpoint's model, or a table, which needs no model.</summary>
internal sealed class QueryEncoderOption
{
    private readonly Option<QueryEncoding> _option = new Option<QueryEncoding>("--query-encoder")
    {
        Description = "Source of the weights of query terms: the model, the checkpoint's table "
            + $"({QueryWeights.FileName}) or IDF in the index. Table and Idf need no model.",
        DefaultValueFactory = _ => QueryEncoding.Model,
    }.AcceptNamesOf<QueryEncoding, QueryEncoding>();

    /// <summary>Adds the option to a command.</summary>
    public QueryEncoderOption(Command command) => command.Add(_option);

    /// <summary>Gets whether queries are encoded without the model.</summary>
    public bool IsModelFree(SymbolResult result) => result.GetValue(_option) != QueryEncoding.Model;

    /// <summary>Returns a factory of the encoder that is asked for, or null for the model.</summary>
    public Func<IndexReader, ISparseEncoder>? Load(ParseResult parsed, string checkpoint) =>
        Load(parsed.GetValue(_option), checkpoint);

    /// <summary>
    /// Returns a factory of an encoder for an index, or null for the model. The checkpoint's files are read at once, so
    /// that a missing file is reported before documents are encoded.
    /// </summary>
    public static Func<IndexReader, ISparseEncoder>? Load(QueryEncoding encoding, string checkpoint)
    {
        switch (encoding)
        {
            case QueryEncoding.Table:
                var learned = InferenceFreeQueryEncoder.Load(checkpoint);
                return _ => learned;
            case QueryEncoding.Idf:
                var space = TermSpace.Load(checkpoint);
                return reader => new InferenceFreeQueryEncoder(space, new QueryWeights(IdfWeights.Compute(
                    reader, SparseIndex.ContentsField, space.Terms.GetDistinctTerms())));
            case QueryEncoding.Model:
                return null;
            default:
                throw new UnreachableException();
        }
    }
}
