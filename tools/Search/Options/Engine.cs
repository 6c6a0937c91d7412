namespace LuceneLsr.Tools.Search.Options;

/// <summary>The library that runs a model.</summary>
internal enum Engine
{
    /// <summary>ONNX Runtime if the checkpoint has a model.onnx and no other option needs TorchSharp.</summary>
    Auto,

    /// <summary>ONNX Runtime.</summary>
    Onnx,

    /// <summary>TorchSharp.</summary>
    Torch,
}
