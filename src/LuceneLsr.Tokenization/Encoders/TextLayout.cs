using System.Diagnostics;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.HuggingFace;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>
/// The token layout of a checkpoint's texts: beginning-of-sequence tokens, the side's prefix, the text, which the echo
/// variant repeats, and end-of-sequence tokens.
/// </summary>
internal sealed class TextLayout
{
    private readonly LsrSettings _settings;
    private readonly TextTokenizer _tokenizer;
    private readonly PerSide<IReadOnlyList<int>> _prefix;

    /// <summary>Creates the layout of a checkpoint.</summary>
    /// <param name="space">The term space of the checkpoint.</param>
    /// <param name="bosToken">The model's beginning-of-sequence token, for a tokenizer without a template.</param>
    public TextLayout(TermSpace space, int? bosToken)
    {
        (_settings, _tokenizer) = (space.Settings, space.Tokenizer);
        _prefix = new(Tokenize(_settings.Prefix.Query), Tokenize(_settings.Prefix.Document));
        BosTokens = !_settings.AddBos ? []
            : _tokenizer.Template.Before is [_, ..] and var before ? before
            : bosToken is { } bos ? [bos]
            : [];
        EosTokens = _settings.AddEos ? _tokenizer.Template.After : [];

        IReadOnlyList<int> Tokenize(string prefix) => space.Tokenize(prefix, TextTokenizer.NoLimit, out _);
    }

    /// <summary>
    /// Gets the beginning-of-sequence tokens: those of the tokenizer's template or else the model's, none if
    /// <see cref="LsrSettings.AddBos"/> is false or neither has any.
    /// </summary>
    public IReadOnlyList<int> BosTokens { get; }

    /// <summary>
    /// Gets the end-of-sequence tokens: those of the tokenizer's template, none if <see cref="LsrSettings.AddEos"/> is
    /// false or it has none.
    /// </summary>
    public IReadOnlyList<int> EosTokens { get; }

    /// <summary>Gets whether every token of every text is pooled.</summary>
    public bool PoolsAll => Enum.GetValues<TextSide>().All(side =>
        Arrange([0], side) is var one && one.Pooled.Count == one.Ids.Count);

    /// <summary>Arranges the tokens of a text as the settings prescribe for its side.</summary>
    /// <param name="text">The tokens of the text, at least one.</param>
    /// <param name="side">The text's side.</param>
    public TokenSequence Arrange(IReadOnlyList<int> text, TextSide side)
    {
        var prefix = _prefix[side];
        var (pooledBefore, pooledAfter) = _settings.PooledTokens switch
        {
            PooledTokens.Text => (0, 0),
            PooledTokens.PrefixAndText => (prefix.Count, 0),
            PooledTokens.All => (BosTokens.Count + prefix.Count, EosTokens.Count),
            _ => throw new UnreachableException(),
        };
        return TokenSequence.Create(
            [.. BosTokens, .. prefix], text, EosTokens, _settings.Variant[side], pooledBefore, pooledAfter);
    }

    /// <summary>Returns the number of positions that a text takes.</summary>
    public long CountPositions(TextSide side, int tokens) =>
        BosTokens.Count + _prefix[side].Count + EosTokens.Count
        + (TokenSequence.CountCopies(_settings.Variant[side]) * (long)tokens);

    /// <summary>Checks that the tokens that the settings ask for exist and are in the model's vocabulary.</summary>
    /// <exception cref="CheckpointException">
    /// <see cref="LsrSettings.AddBos"/> or <see cref="LsrSettings.AddEos"/> is true without such tokens, or the files
    /// of the model and of the tokenizer name different tokens.
    /// </exception>
    public void RequireSpecialTokens(string directory, int vocabularySize)
    {
        Require(!_settings.AddBos || AreValid(BosTokens),
            "add_bos is true, but neither the tokenizer's template nor config.json (bos_token_id) has a token below "
            + "config.json's vocab_size before the text. Use the tokenizer of the model, or set add_bos to false.");
        Require(!_settings.AddEos || AreValid(EosTokens),
            "add_eos is true, but the tokenizer's template has no tokens below config.json's vocab_size after the "
            + "text. Use the tokenizer of the model, or set add_eos to false.");

        RequireSameBosToken(directory);

        bool AreValid(IReadOnlyList<int> tokens) => tokens.Count > 0 && tokens.Max() < vocabularySize;

        void Require(bool condition, string problem)
        {
            if (!condition)
            {
                throw new CheckpointException(Path.Combine(directory, LsrSettings.FileName), problem);
            }
        }
    }

    private void RequireSameBosToken(string directory)
    {
        if (BosTokens is not [var bos] || _tokenizer.Template.Before.Count > 0
            || TokenizerConfig.TryReadBosToken(directory) is not { } name)
        {
            return;
        }

        var token = bos < _tokenizer.VocabularySize ? _tokenizer.GetToken(bos) : null;
        if (token != name)
        {
            throw new CheckpointException(Path.Combine(directory, TokenizerConfig.FileName),
                $"bos_token is '{name}', but config.json's bos_token_id {bos} is '{token}'. Change the one that the "
                + "model was not trained with.");
        }
    }
}
