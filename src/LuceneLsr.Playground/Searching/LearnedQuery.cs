using LuceneLsr.Playground.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Playground.Searching;

/// <summary>A query as the learned index searches it.</summary>
/// <param name="Terms">Its terms, heaviest first, with those that a dial left out.</param>
/// <param name="Query">The query of the terms that are used.</param>
/// <param name="EncodingTime">The time that encoding the text took.</param>
internal sealed record LearnedQuery(IReadOnlyList<ExpansionTerm> Terms, ImpactQuery Query, TimeSpan EncodingTime);
