using LuceneLsr.Tools.Soak.Processes;
using LuceneLsr.Torch;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>A checkpoint directory of a tiny model, read by TorchSharp.</summary>
internal sealed class TorchKind(string name) : EncoderKind(name)
{
    private static readonly string[] Names =
        ["config.json", "lsr.json", "model.safetensors", "terms.txt", "tokenizer.json"];

    public override void Write(string folder, CancellationToken cancellationToken)
    {
        var made = Path.Combine(folder, "made");
        TinyCheckpoint.Write(made, cancellationToken);
        foreach (var name in Names)
        {
            File.Copy(Path.Combine(made, name), Path.Combine(folder, name));
        }
    }

    public override IEnumerable<string> ListFiles(string folder) => Names.Select(name => Path.Combine(folder, name));

    protected override ISparseEncoder Load(string folder) => TorchSparseEncoder.Load(folder);
}
