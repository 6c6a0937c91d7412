using LuceneLsr.Tokenization.Tokenizers.HuggingFace;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Tokenization.Tokenizers.SentencePiece;

namespace LuceneLsr.Tokenization.Tokenizers;

/// <summary>A format of tokenizer files.</summary>
/// <param name="FileName">The name of the file in a checkpoint directory.</param>
/// <param name="Read">Reads the file at a path.</param>
/// <param name="OtherFileNames">The names of further files that it reads, some of them optional.</param>
internal sealed record TokenizerFormat(
    string FileName, Func<string, TokenizerDefinition> Read, params IReadOnlyList<string> OtherFileNames)
{
    /// <summary>Gets the formats. A directory with files of several formats is read as the first of them.</summary>
    public static IReadOnlyList<TokenizerFormat> All { get; } =
    [
        new(TextTokenizer.FileName, TokenizerJson.Read),
        new(TextTokenizer.SentencePieceFileName, SentencePieceModel.Read),
        new(XlmRobertaModel.FileName, XlmRobertaModel.Read, TokenizerConfig.FileName),
        new(VocabularyText.FileName, VocabularyText.Read, TokenizerConfig.FileName),
        new(VocabularyAndMerges.FileName, VocabularyAndMerges.Read,
            VocabularyAndMerges.MergesFileName, TokenizerConfig.FileName),
    ];

    /// <summary>Finds the format of a directory's tokenizer, the first one if it has none.</summary>
    public static TokenizerFormat Find(string directory) =>
        All.FirstOrDefault(format => File.Exists(Path.Combine(directory, format.FileName))) ?? All[0];
}
