using System.Text.Json.Nodes;

namespace LuceneLsr.Torch.Configs;

/// <summary>Writes a <c>config.json</c> for <see cref="EncoderConfigReader"/> and Hugging Face.</summary>
internal static class EncoderConfigWriter
{
    public static JsonObject Write(EncoderConfig config)
    {
        var family = config.Family;
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(
                config.HasHead ? family.MaskedLmArchitecture : family.BackboneArchitecture),
            ["model_type"] = family.ModelType,
            ["vocab_size"] = config.VocabSize,
            [family.HiddenSizeField] = config.HiddenSize,
            [family.IntermediateSizeField] = config.IntermediateSize,
            [family.LayersField] = config.NumHiddenLayers,
            [family.HeadsField] = config.NumAttentionHeads,
            [family.ActivationField] = "gelu",
            ["max_position_embeddings"] = config.MaxPositionEmbeddings,
        };
        if (config.HasHead)
        {
            WriteHead(json, config);
        }

        WriteFamilyFields(json, config, family);
        return json;
    }

    private static void WriteHead(JsonObject json, EncoderConfig config)
    {
        json["tie_word_embeddings"] = config.TieWordEmbeddings;
        json["output_size"] = config.OutputSize;
        json["output_bias"] = config.OutputBias;
        json[EncoderConfig.HeadTransformField] = config.HeadTransform;
    }

    private static void WriteFamilyFields(JsonObject json, EncoderConfig config, EncoderFamily family)
    {
        if (family.FixedLayerNormEps is null)
        {
            json["layer_norm_eps"] = config.LayerNormEps;
        }

        if (family.HasTokenTypes)
        {
            json["type_vocab_size"] = config.TypeVocabSize;
        }

        if (family.CountsPositionsFromPadding)
        {
            json["pad_token_id"] = config.PositionOffset - 1;
        }
    }
}
