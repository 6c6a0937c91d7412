using System.Text.RegularExpressions;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>Finds added tokens in a text; of several that start at one place, the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<string, int> _ids;
    private readonly PatternSplit? _split;

    /// <summary>Prepares a search.</summary>
    /// <param name="tokens">The tokens' texts and ids.</param>
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

    /// <summary>The parts of a text, in order: the tokens, and what lies between, which has no id.</summary>
    public IEnumerable<(string Text, int Start, int? Token)> Find(string text) => _split is null
        ? [(text, 0, null)]
        : _split.Split(text, new Stretch(0, text.Length, IsDropped: false)).Select(part =>
        {
            var found = text.Substring(part.Start, part.Length);
            return (found, part.Start, _ids.TryGetValue(found, out var id) ? id : (int?)null);
        });
}
