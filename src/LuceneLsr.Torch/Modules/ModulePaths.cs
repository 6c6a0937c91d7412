using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>Registers modules under the dotted names of Hugging Face checkpoints.</summary>
internal static class ModulePaths
{
    /// <summary>Registers a module under a path such as "attention.output.dense", in a group for each part.</summary>
    /// <param name="root">The module in which the path starts.</param>
    /// <param name="path">The path. Modules that its parts already name are kept.</param>
    /// <param name="module">The module.</param>
    public static void RegisterAt(this nn.Module root, string path, nn.Module module)
    {
        var parent = root;
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            parent = parent.named_children().FirstOrDefault(child => child.name == part).module
                ?? RegisterGroup(parent, part);
        }

        parent.register_module(parts[^1], module);
    }

    private static Group RegisterGroup(nn.Module parent, string name)
    {
        var group = new Group(name);
        parent.register_module(name, group);
        return group;
    }

    private sealed class Group(string name) : nn.Module(name);
}
