namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Splits a word of normalized text into the tokens of a vocabulary. Thread-safe.</summary>
internal abstract class WordModel
{
    /// <summary>Appends the token ids of a word, at most <paramref name="maxTokens"/> of them.</summary>
    /// <param name="word">The word.</param>
    /// <param name="maxTokens">The maximum number of tokens to append.</param>
    /// <param name="ids">Receives the ids.</param>
    /// <param name="spans">
    /// Receives the span of the word that each token covers, if not null. A token that is a part of a character covers
    /// the whole character.
    /// </param>
    /// <returns>The number of characters of the word that the appended ids cover.</returns>
    public abstract int Encode(string word, int maxTokens, List<int> ids, List<(int Start, int End)>? spans = null);
}
