using System.Diagnostics;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// The token layout of a checkpoint's texts: beginning-of-sequence tokens, the side's prefix, then the text, which the
/// echo variant repeats.
/// </summary>
internal sealed class TextLayout
{
    private readonly LsrSettings _settings;
    private readonly PerSide<IReadOnlyList<int>> _prefix;

    public TextLayout(DecoderConfig config, TermSpace space)
    {
        _settings = space.Settings;
        _prefix = new(Tokenize(space.Settings.Prefix.Query), Tokenize(space.Settings.Prefix.Document));
        BosTokens = !space.Settings.AddBos ? []
            : space.Tokenizer.Template.Before is [_, ..] and var before ? before
            : config.BosTokenId is { } bos ? [bos]
            : [];

        IReadOnlyList<int> Tokenize(string prefix) => space.Tokenize(prefix, TextTokenizer.NoLimit, out _);
    }

    /// <summary>
    /// Gets the beginning-of-sequence tokens: those of the tokenizer's template or else the model's, none if
    /// <see cref="LsrSettings.AddBos"/> is false or neither has any.
    /// </summary>
    public IReadOnlyList<int> BosTokens { get; }

    /// <summary>Creates a batch of texts of one side.</summary>
    public TokenBatch CreateBatch(IReadOnlyList<IReadOnlyList<int>> texts, TextSide side, Device device)
    {
        var prefix = _prefix[side];
        var pooledPreceding = _settings.PooledTokens switch
        {
            PooledTokens.Text => 0,
            PooledTokens.PrefixAndText => prefix.Count,
            PooledTokens.All => BosTokens.Count + prefix.Count,
            _ => throw new UnreachableException(),
        };
        return TokenBatch.Create(texts, [.. BosTokens, .. prefix], _settings.Variant[side], device, pooledPreceding);
    }

    /// <summary>Returns the number of positions that a text takes.</summary>
    public long CountPositions(TextSide side, int tokens) =>
        BosTokens.Count + _prefix[side].Count + (TokenBatch.CountCopies(_settings.Variant[side]) * (long)tokens);
}
