namespace LuceneLsr.Tokenization.Tokenizers.Pipeline;

/// <summary>Splits a word of normalized text into the tokens of a vocabulary. Thread-safe.</summary>
internal abstract class WordModel
{
    /// <summary>Appends the token ids of a word, at most <paramref name="maxTokens"/> of them.</summary>
    /// <returns>The number of characters of the word that the appended ids cover.</returns>
    public abstract int Encode(string word, int maxTokens, List<int> ids);
}
