using LuceneLsr.Torch.Models;

namespace LuceneLsr.Training.Tests.Support;

/// <summary>Recipes as JSON, with every field set to another value than its default.</summary>
internal static class RecipeJson
{
    public const string Contrastive =
        """
        {
          "steps": 800, "batch_size": 32, "accumulation": 2, "cache_chunk": 8, "similar_batches": 16,
          "query_tokens": 48, "document_tokens": 160, "states": "states",
          "optimizer": {
            "embedding_learning_rate": 3e-4, "head_learning_rate": 4e-4, "head_bias_learning_rate": 5e-3,
            "layer_learning_rate": 6e-4, "frozen_layers": 3, "warmup_steps": 30, "decay": "cosine",
            "weight_decay": 0.01, "gradient_clip": 0.5
          },
          "lora": { "rank": 8, "alpha": 16, "dropout": 0.1, "target_modules": ["q_proj", "v_proj"] },
          "compute": "bfloat16", "activation_checkpointing": true, "save_every": 50, "seed": 7,
          "losses": [
            { "kind": "info_nce", "weight": 1, "temperature": 2.5 }, { "kind": "kl", "weight": 0.5, "temperature": 3 },
            { "kind": "margin_mse", "weight": 0.05, "temperature": 1 },
            { "kind": "in_batch_kl", "weight": 2, "temperature": 4 },
            { "kind": "in_batch_margin_mse", "weight": 0.25, "temperature": 1 }
          ],
          "teachers": [
            { "kind": "vectors", "path": "minilm", "weight": 20, "standardize": false },
            { "kind": "bm25", "path": null, "weight": 1.5, "standardize": true }
          ],
          "score_scale": { "initial": 0.5, "learning_rate": 0.02 },
          "regularizers": [
            { "kind": "flops", "side": "query", "weight": 0.01, "ramp_steps": 270, "above_terms": 20 },
            { "kind": "l1", "side": "query", "weight": 0.02, "ramp_steps": 9, "above_terms": 0 },
            { "kind": "df_flops", "side": "document", "weight": 0.03, "ramp_steps": 0, "above_terms": 0 }
          ],
          "top_terms": { "query": 32, "document": 256 },
          "query_table": { "learning_rate": 0.02, "with_model": true },
          "term_targets": { "path": "targets.jsonl", "weight": 0.7, "batch_size": 5 },
          "sources": [
            { "path": "a", "kind": "judged", "share": 0.5, "negatives": 3, "scores": "a.tsv" },
            { "path": "b", "kind": "titles", "share": 2, "negatives": 0, "scores": null },
            { "path": "c.jsonl", "kind": "sentences", "share": 1, "negatives": 0, "scores": null }
          ]
        }
        """;

    public const string LanguageModel =
        """
        {
          "steps": 300, "batch_size": 8, "accumulation": 4, "sequence_length": 128, "objective": "adaptation",
          "masked_share": 0.15,
          "optimizer": {
            "embedding_learning_rate": 1e-3, "head_learning_rate": 4e-3, "head_bias_learning_rate": 6e-3,
            "layer_learning_rate": 2e-3, "frozen_layers": 1, "warmup_steps": 5, "decay": "cosine",
            "weight_decay": 0.1, "gradient_clip": 2
          },
          "lora": { "rank": 4, "alpha": 4, "dropout": 0.2, "target_modules": ["up_proj"] },
          "compute": "bfloat16", "activation_checkpointing": true, "save_every": 10, "seed": 3,
          "texts": ["a", "b.jsonl.gz"]
        }
        """;
}
