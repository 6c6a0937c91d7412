using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>Tokenizer, terms, weights and settings of the built-in checkpoint, without its model.</summary>
internal sealed class TermsKind(string name) : EncoderKind(name)
{
    private static readonly string[] Names =
        ["lexical_weights.txt", "lsr.json", "query_weights.txt", "terms.txt", "tokenizer.json"];

    public override void Write(string folder, CancellationToken cancellationToken)
    {
        foreach (var name in Names)
        {
            File.Copy(Path.Combine(Programs.BuiltInCheckpoint, name), Path.Combine(folder, name));
        }
    }

    protected override ISparseEncoder Load(string folder) => InferenceFreeQueryEncoder.Load(folder);
}
