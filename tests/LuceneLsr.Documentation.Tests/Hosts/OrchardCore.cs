using System.Text.Json.Nodes;
using Lucene.Net.Analysis;
using Lucene.Net.Search;

namespace LuceneLsr.Documentation.Tests.Hosts;

/// <summary>Orchard Core's interface for an analyzer, as in its version 2.</summary>
internal interface ILuceneAnalyzer
{
    string Name { get; }

    Analyzer CreateAnalyzer();
}

/// <summary>Orchard Core's interface for a kind of query, as in its version 2.</summary>
internal interface ILuceneQueryProvider
{
    Query? CreateQuery(ILuceneQueryService builder, LuceneQueryContext context, string type, JsonObject query);
}

/// <summary>Orchard Core's interface for the service that builds queries, without its members.</summary>
internal interface ILuceneQueryService;

/// <summary>Orchard Core's context of a query, without its members.</summary>
internal sealed class LuceneQueryContext;
