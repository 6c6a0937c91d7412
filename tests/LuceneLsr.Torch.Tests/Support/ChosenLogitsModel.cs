using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Tests.Reference;

namespace LuceneLsr.Torch.Tests.Support;

/// <summary>
/// A model in which a test chooses the logit of each output row for each token. Its layers add nothing to the residual
/// stream, and its embeddings are unit vectors, which the final norm scales to length 4.
/// </summary>
internal sealed class ChosenLogitsModel
{
    private const int Hidden = 16;

    public ChosenLogitsModel(params (int Token, float Logit)[][] rows)
    {
        Config = TinyModel.Config with
        {
            HiddenSize = Hidden,
            TieWordEmbeddings = false,
            OutputSize = rows.Length,
            RmsNormEps = 1e-12,
        };
        Weights = ReferenceWeights.Zero(Config);
        var dimensions = rows.SelectMany(row => row).Select(entry => entry.Token).Distinct().ToList();
        foreach (var (dimension, token) in dimensions.Index())
        {
            Weights["model.embed_tokens.weight"][(token * Hidden) + dimension] = 1;
        }

        foreach (var (row, entries) in rows.Index())
        {
            foreach (var (token, logit) in entries)
            {
                Weights["lm_head.weight"][(row * Hidden) + dimensions.IndexOf(token)] = logit / MathF.Sqrt(Hidden);
            }
        }
    }

    public DecoderConfig Config { get; }

    public ReferenceWeights Weights { get; }
}
