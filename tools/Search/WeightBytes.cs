namespace LuceneLsr.Tools.Search;

/// <summary>The size of a checkpoint directory's weights on disk.</summary>
internal static class WeightBytes
{
    public static long Of(string checkpoint) =>
        new DirectoryInfo(checkpoint).EnumerateFiles("*.safetensors").Sum(file => file.Length);
}
