using System.Globalization;
using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Tests.Support;

/// <summary>Parses texts that list their vectors, as in "cat=1.5 dog=2"; fails for other sides than its own.</summary>
internal sealed class TermListEncoder(params TextSide[] sides) : ISparseEncoder
{
    public string VocabularyId { get; init; } = "term lists";

    public static PerSide<ISparseEncoder> BothSides { get; } =
        PerSide.Both<ISparseEncoder>(new TermListEncoder(TextSide.Query, TextSide.Document));

    public static string Text(IEnumerable<(string Term, float Weight)> entries) => string.Join(
        ' ', entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Term}={entry.Weight:R}")));

    public static BeirDocument Document(string id, string text) => new(id, "", text);

    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Assert.Contains(side, sides);
        return [.. texts.Select(Encode)];
    }

    public void Dispose()
    {
    }

    private static SparseVector Encode(string text) => new(text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split('='))
        .Select(entry => new TermWeight(entry[0], float.Parse(entry[1], CultureInfo.InvariantCulture))));
}
