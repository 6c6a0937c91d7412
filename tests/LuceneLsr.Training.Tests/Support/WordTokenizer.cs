using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Training.Tokenizers;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Creates tokenizers in which each of a few words is one token.</summary>
internal static class WordTokenizer
{
    /// <summary>Trains a tokenizer on the words, writes it to a directory and loads it.</summary>
    public static TextTokenizer Write(string directory, params IEnumerable<string> words)
    {
        var (tokens, merges) = BpeTrainer.Train(
            words.Select(word => KeyValuePair.Create(ByteLevelAlphabet.Encode(word), 2L)), int.MaxValue);
        TokenizerFile.Save(directory, tokens, merges);
        return TextTokenizer.Load(directory);
    }

    /// <summary>Gets the id of a word that is one token.</summary>
    public static int Id(this TextTokenizer tokenizer, string word) => Assert.Single(tokenizer.Encode(word));
}
