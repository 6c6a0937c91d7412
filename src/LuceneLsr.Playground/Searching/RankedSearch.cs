using LuceneLsr.Playground.Messages;

namespace LuceneLsr.Playground.Searching;

/// <summary>A search and what each engine found.</summary>
/// <param name="Request">The request.</param>
/// <param name="Query">Its learned query.</param>
/// <param name="Rankings">The ranking of each engine.</param>
internal sealed record RankedSearch(
    SearchRequest Request, LearnedQuery Query, IReadOnlyList<EngineRanking> Rankings);
