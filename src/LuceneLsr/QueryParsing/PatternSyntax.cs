namespace LuceneLsr.QueryParsing;

/// <summary>The syntaxes of patterns in a query string.</summary>
internal enum PatternSyntax
{
    /// <summary>A term with <c>*</c> and <c>?</c>.</summary>
    Wildcard,

    /// <summary>A regular expression between slashes.</summary>
    Regex,
}
