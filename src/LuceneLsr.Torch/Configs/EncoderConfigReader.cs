using System.Text.Json;

namespace LuceneLsr.Torch.Configs;

/// <summary>
/// Reads the <c>config.json</c> of a masked LM. Every error is an <see cref="InvalidDataException"/> that names the
/// field, including values that this implementation does not support.
/// </summary>
internal sealed class EncoderConfigReader(JsonElement root) : ConfigFields(root, "")
{
    public EncoderConfig Read(EncoderFamily family)
    {
        Expect(family.ActivationField, value => value is null or "\"gelu\"", "only 'gelu' is supported");
        Expect("position_embedding_type", value => value is null or "\"absolute\"", "only 'absolute' is supported");
        Check(!ReadBoolean("is_decoder"), "is_decoder", "it must be false");
        Check(!ReadBoolean("add_cross_attention"), "add_cross_attention", "it must be false");
        var config = ReadShape(family);
        Check(config.HiddenSize % config.NumAttentionHeads == 0, family.HeadsField,
            $"it must divide {family.HiddenSizeField}");
        Check(config.ContextLength > 0, "max_position_embeddings", "no position is left after the padding token's");
        Check(!config.TieWordEmbeddings || config.OutputSize == config.VocabSize, "output_size",
            "a tied head has vocab_size rows");
        return config;
    }

    private EncoderConfig ReadShape(EncoderFamily family)
    {
        var vocabulary = ReadInteger("vocab_size");
        var config = new EncoderConfig
        {
            ModelType = family.ModelType,
            VocabSize = vocabulary,
            HiddenSize = ReadInteger(family.HiddenSizeField),
            IntermediateSize = ReadInteger(family.IntermediateSizeField),
            NumHiddenLayers = ReadInteger(family.LayersField, max: MaxLayers),
            NumAttentionHeads = ReadInteger(family.HeadsField),
            MaxPositionEmbeddings = ReadInteger("max_position_embeddings", 512),
            LayerNormEps = family.FixedLayerNormEps ?? ReadNumber("layer_norm_eps", 1e-12),
            TypeVocabSize = family.HasTokenTypes ? ReadInteger("type_vocab_size", 2) : 0,
            PositionOffset = family.CountsPositionsFromPadding ? ReadInteger("pad_token_id", 1, min: 0) + 1 : 0,
            TieWordEmbeddings = ReadBoolean("tie_word_embeddings", defaultValue: true),
            OutputSize = ReadInteger("output_size", vocabulary),
            OutputBias = ReadBoolean("output_bias", defaultValue: true),
            HeadTransform = ReadBoolean(EncoderConfig.HeadTransformField, defaultValue: true),
        };
        return HasHead(family) ? config : config.WithoutHead();
    }

    // A file that does not name its architecture is taken for a model with a head: if it has none, its weights lack it.
    private bool HasHead(EncoderFamily family)
    {
        if (Find("architectures") is not { } architectures)
        {
            return true;
        }

        Check(architectures.ValueKind == JsonValueKind.Array, "architectures", "it must be a list of names");
        return architectures.EnumerateArray().Select(name => name.GetRawText().Trim('"'))
            .Any(name => name == family.MaskedLmArchitecture || name == family.PretrainingArchitecture);
    }
}
