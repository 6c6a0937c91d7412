using System.IO.Hashing;
using System.Text;

namespace LuceneLsr.Tools.Serve;

/// <summary>
/// Numbers the terms of vectors, for clients that expect token ids. A term of the model's vocabulary has its place
/// among the distinct terms. A whole word, which the vocabulary does not have, has a hash above all of them.
/// </summary>
internal sealed class TermIds
{
    private readonly Dictionary<string, int> _ids;

    /// <param name="terms">The distinct terms of the vocabulary.</param>
    public TermIds(IEnumerable<string> terms) =>
        _ids = terms.Index().ToDictionary(term => term.Item, term => term.Index, StringComparer.Ordinal);

    /// <summary>Returns the id of a term.</summary>
    public int GetId(string term) => _ids.TryGetValue(term, out var id)
        ? id
        : _ids.Count + (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(term)) % (ulong)(int.MaxValue - _ids.Count));
}
