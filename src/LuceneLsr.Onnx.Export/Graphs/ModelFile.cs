using System.Globalization;
using Google.Protobuf;
using LuceneLsr.Tokenization.Weights;
using Onnx;

namespace LuceneLsr.Onnx.Export.Graphs;

/// <summary>Writes a model. Protocol buffers end at 2 GB, so larger weights go into a second file beside it.</summary>
internal static class ModelFile
{
    /// <summary>The size of weights up to which they are in the model's own file.</summary>
    public const long MaxInlineBytes = 2_000_000_000;

    /// <summary>The suffix of the second file's name.</summary>
    public const string DataSuffix = ".data";

    private const int MinExternalBytes = 1024; // ONNX Runtime needs the values of shapes in the model's own file

    public static void Write(ModelProto model, string path, long maxInlineBytes)
    {
        if (model.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length) > maxInlineBytes)
        {
            using var data = File.Create(path + DataSuffix);
            foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.RawData.Length >= MinExternalBytes))
            {
                Move(tensor, data, Path.GetFileName(path) + DataSuffix);
            }
        }

        using (var file = File.Create(path))
        {
            model.WriteTo(file);
        }

        OnnxChecksum.Append(path);
    }

    private static void Move(TensorProto tensor, FileStream data, string fileName)
    {
        Add("location", fileName);
        Add("offset", data.Position.ToString(CultureInfo.InvariantCulture));
        Add("length", tensor.RawData.Length.ToString(CultureInfo.InvariantCulture));
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        data.Write(tensor.RawData.Span);
        tensor.RawData = ByteString.Empty;

        void Add(string key, string value) =>
            tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
    }
}
