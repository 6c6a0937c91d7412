using LuceneLsr.Onnx;
using LuceneLsr.Tools.Soak.Processes;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>The same model as for <see cref="TorchKind"/>, exported as ONNX.</summary>
internal sealed class OnnxKind(string name) : EncoderKind(name)
{
    private const string Exported = "exported";

    public override void Write(string folder, CancellationToken cancellationToken)
    {
        var made = Path.Combine(folder, "made");
        TinyCheckpoint.Write(made, cancellationToken);
        Victim.Run(
            Programs.Train(
                "export", "--from", made, "--out", Path.Combine(folder, Exported), "--format", "onnx"),
            cancellationToken);
    }

    public override IEnumerable<string> ListFiles(string folder) => base.ListFiles(Path.Combine(folder, Exported));

    protected override ISparseEncoder Load(string folder) =>
        OnnxSparseEncoder.Load(Path.Combine(folder, Exported), new() { Threads = 1 });
}
