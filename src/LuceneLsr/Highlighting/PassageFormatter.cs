using System.Text.Encodings.Web;

namespace LuceneLsr.Highlighting;

/// <summary>Formats passages and words as HTML. The text is encoded, and tags are written as they are.</summary>
public sealed record PassageFormatter
{
    /// <summary>Gets the tag before a word.</summary>
    public string StartTag { get; init; } = "<mark>";

    /// <summary>Gets the tag after a word.</summary>
    public string EndTag { get; init; } = "</mark>";

    /// <summary>Gets the text between passages that are not adjacent, as HTML.</summary>
    public string Ellipsis { get; init; } = " … ";

    /// <summary>Gets the minimum share of the score of words to mark, from 0 to 1.</summary>
    public double MinShare { get; init; }

    /// <summary>Gets the encoder of the text. The default also encodes characters beyond ASCII.</summary>
    public HtmlEncoder Encoder { get; init; } = HtmlEncoder.Default;

    /// <summary>Formats passages of a text, in their order.</summary>
    public string Format(string text, IEnumerable<Passage> passages)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(passages);
        return string.Join(Ellipsis, passages.Select(passage => Format(text, passage.Range, passage.Words)));
    }

    /// <summary>Formats a whole text.</summary>
    public string Format(string text, IEnumerable<MatchedWord> words)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(words);
        return Format(text, new TextRange(0, text.Length), words);
    }

    private string Format(string text, TextRange range, IEnumerable<MatchedWord> words) => string.Concat(
        TextPart.Cut(range, words.Where(word => word.Share >= MinShare))
            .Select(part => (part.Word, Html: Encoder.Encode(part.Range.GetText(text))))
            .Select(part => part.Word is null ? part.Html : $"{StartTag}{part.Html}{EndTag}"));
}
