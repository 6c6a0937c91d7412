using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Checks that tokenizer and settings of a checkpoint fit its model, whatever library runs it.</summary>
internal static class ModelFit
{
    /// <summary>Checks the files of a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="space">Its term space.</param>
    /// <param name="layout">The token layout of its texts.</param>
    /// <param name="vocabularySize">The number of the model's token ids.</param>
    /// <param name="contextLength">The model's maximum number of positions.</param>
    /// <exception cref="CheckpointException">
    /// The tokenizer has ids that the model lacks, a special token is missing, or texts may be too long.
    /// </exception>
    public static void Check(
        string directory, TermSpace space, TextLayout layout, int vocabularySize, int contextLength)
    {
        if (space.Tokenizer.VocabularySize > vocabularySize)
        {
            throw new CheckpointException(TextTokenizer.GetPath(directory),
                $"the tokenizer has ids up to {space.Tokenizer.VocabularySize - 1}, but the model has only "
                + $"{vocabularySize} (config.json, vocab_size). Use the tokenizer that the model was trained with.");
        }

        layout.RequireSpecialTokens(directory, vocabularySize);
        foreach (var side in Enum.GetValues<TextSide>())
        {
            var positions = layout.CountPositions(side, space.Settings.MaxTokens[side]);
            var field = $"max_tokens for a {side.ToString().ToLowerInvariant()}";
            if (FindLengthProblem(contextLength, positions, field) is { } problem)
            {
                throw new CheckpointException(Path.Combine(directory, LsrSettings.FileName), problem);
            }
        }
    }

    /// <summary>Describes why a number of positions does not fit, or returns null if it fits.</summary>
    /// <param name="contextLength">The model's maximum number of positions.</param>
    /// <param name="positions">The number of positions.</param>
    /// <param name="field">The name of the setting that determines them.</param>
    public static string? FindLengthProblem(int contextLength, long positions, string field) =>
        positions <= contextLength
            ? null
            : $"{field} needs {positions} positions, but the model's context length is {contextLength} "
                + "(config.json, max_position_embeddings). Lower it.";
}
