using System.Text.Json.Serialization;

namespace LuceneLsr.Tokenization.Settings;

/// <summary>How a token becomes an index term, if each token is a row of the model's head.</summary>
public enum TokenTerms
{
    /// <summary>
    /// The term of the token's text by the <see cref="TermRule"/>: "ing" for "##ing" and "Ing". Tokens with the same
    /// term share it.
    /// </summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>
    /// The token as the tokenizer file spells it, such as "##ing". Each is a term of its own, as in public sparse
    /// models. Special tokens have no term.
    /// </summary>
    [JsonStringEnumMemberName("token")]
    Token,

    /// <summary>The same, with terms for special tokens, such as "[CLS]".</summary>
    [JsonStringEnumMemberName("any_token")]
    AnyToken,
}
