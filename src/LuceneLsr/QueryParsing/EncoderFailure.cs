namespace LuceneLsr.QueryParsing;

/// <summary>Free text of a query string that could not be encoded.</summary>
/// <param name="Field">The LSR field that the text is for.</param>
/// <param name="Text">The text, without query syntax.</param>
/// <param name="Exception">The exception of the encoder.</param>
public sealed record EncoderFailure(string Field, string Text, Exception Exception);
