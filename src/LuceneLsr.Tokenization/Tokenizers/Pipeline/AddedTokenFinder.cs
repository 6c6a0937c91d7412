using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Finds added tokens in a text. Of tokens that start at the same position, the longest wins.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<string, int> _ids;
    private readonly PatternSplit? _split;

    /// <summary>Creates a finder.</summary>
    /// <param name="tokens">The texts and ids of the tokens.</param>
    public AddedTokenFinder(IEnumerable<(string Text, int Id)> tokens)
    {
        _ids = tokens.DistinctBy(token => token.Text, StringComparer.Ordinal)
            .ToDictionary(token => token.Text, token => token.Id, StringComparer.Ordinal);
        _split = _ids.Count == 0
            ? null
            : new PatternSplit(new Regex(
                string.Join('|', _ids.Keys.OrderByDescending(text => text.Length).Select(Regex.Escape)),
                RegexOptions.CultureInvariant));
    }

    /// <summary>
    /// Splits a text into added tokens and the parts between them, in order. Parts between tokens have no id.
    /// </summary>
    public IEnumerable<(string Text, int Start, int? Token)> Find(string text) => _split is null
        ? [(text, 0, null)]
        : _split.Split(text, new TextSpan(0, text.Length, IsDropped: false)).Select(part =>
        {
            var found = text.Substring(part.Start, part.Length);
            return (found, part.Start, _ids.TryGetValue(found, out var id) ? id : (int?)null);
        });
}
