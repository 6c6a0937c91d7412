namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>The span of an original text that each char of its normalized form comes from.</summary>
internal sealed class TextAlignment
{
    private readonly List<(int Start, int End)> _spans = [];

    /// <summary>Gets the number of chars of the normalized text.</summary>
    public int Length => _spans.Count;

    /// <summary>Creates the alignment of an unchanged part of the original.</summary>
    public static TextAlignment OfPart(int start, int length)
    {
        var alignment = new TextAlignment();
        alignment.AppendUnchanged(start, length);
        return alignment;
    }

    /// <summary>Appends chars that are the same in the original.</summary>
    public void AppendUnchanged(int start, int length) =>
        _spans.AddRange(Enumerable.Range(start, length).Select(index => (index, index + 1)));

    /// <summary>Appends a char that is not in the original, before a position of it.</summary>
    public void AppendInserted(int position) => _spans.Add((position, position));

    /// <summary>Appends a part of another alignment.</summary>
    public void Append(TextAlignment other, int start, int length) =>
        _spans.AddRange(other._spans.GetRange(start, length));

    /// <summary>Returns the alignment after the normalized text has been edited.</summary>
    public TextAlignment Edit(IEnumerable<TextEdit> edits)
    {
        var edited = new TextAlignment();
        var start = 0;
        foreach (var (length, replacement) in edits)
        {
            if (replacement is null)
            {
                edited.Append(this, start, length);
            }
            else
            {
                edited._spans.AddRange(Enumerable.Repeat(GetSpan(start, start + length), replacement.Length));
            }

            start += length;
        }

        return edited;
    }

    /// <summary>Gets the start of the original of a char.</summary>
    public int GetStart(int index) => _spans[index].Start;

    /// <summary>
    /// Maps a span of the normalized text to the original, without white space at both ends. Returns null if nothing
    /// else is there.
    /// </summary>
    public TextRange? ToOriginal(int start, int end, string original)
    {
        if (start == end)
        {
            return null;
        }

        var (first, last) = GetSpan(start, end);
        var text = original.AsSpan(first..last);
        first += text.Length - text.TrimStart().Length;
        var length = text.Trim().Length;
        return length == 0 ? null : new TextRange(first, length);
    }

    private (int Start, int End) GetSpan(int start, int end) => (_spans[start].Start, _spans[end - 1].End);
}
