using System.Text;
using Lucene.Net.Search;

namespace LuceneLsr.QueryParsing;

/// <summary>
/// Holds free text on an LSR field while a query string is parsed, because the grammar returns single words but the
/// encoder needs the full text. <see cref="LsrQueryParser"/> replaces all of these queries before it returns.
/// </summary>
internal sealed class FreeTextQuery(string fieldName, string text) : Query
{
    private readonly StringBuilder _text = new(text);
    private bool _isListed;
    private bool _isGroup;
    private bool _followsOperator;

    public string Field => fieldName;

    public string Text => _text.ToString();

    /// <summary>Records that the parser adds this query to a clause list.</summary>
    /// <param name="followsOperator">Whether AND or OR precedes the query.</param>
    public void MarkListed(bool followsOperator)
    {
        // A query that is listed again was the only clause of an inner list, which is a group in parentheses.
        _isGroup = _isListed;
        _isListed = true;
        _followsOperator = followsOperator;
    }

    /// <summary>Returns whether the text continues that of the previous clause.</summary>
    public bool Continues(FreeTextQuery previous) =>
        IsPlain && previous.IsPlain && !_followsOperator && fieldName == previous.Field;

    /// <summary>Appends the text of the next clause.</summary>
    public void Append(FreeTextQuery next) => _text.Append(' ').Append(next._text);

    /// <inheritdoc/>
    public override string ToString(string? defaultField) => $"{fieldName}:\"{_text}\"";

    private bool IsPlain => !_isGroup && Boost == 1;
}
