using LuceneLsr.Tokenization.Tokenizers.Pipeline;

namespace LuceneLsr.Tokenization.Tokenizers.HuggingFace;

/// <summary>The contents of the fields <c>model</c> and <c>pre_tokenizer</c>, which depend on each other.</summary>
/// <param name="Vocabulary">The id of each token.</param>
/// <param name="PreTokenizer">How a text is split into words.</param>
/// <param name="Encoding">How the vocabulary spells text.</param>
/// <param name="Model">How a word is split into tokens.</param>
internal sealed record ModelSettings(
    IReadOnlyDictionary<string, int> Vocabulary,
    PreTokenizerSettings PreTokenizer,
    TokenEncoding Encoding,
    WordModel Model);
