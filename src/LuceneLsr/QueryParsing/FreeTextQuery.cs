using System.Text;
using Lucene.Net.Search;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Stands for free text on an LSR field while a query string is parsed: the grammar hands out single words,
/// the encoder needs the whole text. <see cref="LsrQueryParser"/> replaces every one before it answers.
/// </summary>
internal sealed class FreeTextQuery(string fieldName, string text) : Query
{
    private readonly StringBuilder _text = new(text);
    private bool _isListed;
    private bool _isGroup;
    private bool _followsOperator;

    public string Field => fieldName;

    public string Text => _text.ToString();

    /// <summary>Notes that the parser takes this query into a clause list.</summary>
    /// <param name="followsOperator">Whether AND or OR stands before it.</param>
    public void List(bool followsOperator)
    {
        // Listed for the second time means that it is all that an inner list, a group in parentheses, held.
        _isGroup = _isListed;
        _isListed = true;
        _followsOperator = followsOperator;
    }

    /// <summary>Whether this query goes on with the text of its neighbour in a clause list.</summary>
    public bool Continues(FreeTextQuery previous) =>
        IsPlain && previous.IsPlain && !_followsOperator && fieldName == previous.Field;

    /// <summary>Joins the text of the next query to this one's.</summary>
    public void Append(FreeTextQuery next) => _text.Append(' ').Append(next._text);

    /// <inheritdoc/>
    public override string ToString(string? defaultField) => $"{fieldName}:\"{_text}\"";

    private bool IsPlain => !_isGroup && Boost == 1;
}
