namespace LuceneLsr.Tokenization.Encoders;

/// <summary>How a sentence encoder makes one vector of the hidden states of a text.</summary>
public enum DensePooling
{
    /// <summary>The mean over all tokens, special tokens included.</summary>
    Mean,

    /// <summary>The state of the first token ("[CLS]").</summary>
    FirstToken,
}
