using Mono.Cecil;
using Mono.Cecil.Cil;

namespace LuceneLsr.Architecture.Tests;

/// <summary>
/// TorchSharp passes the native handle of a scalar without keeping the scalar alive, so a garbage collection during the
/// call may free it. Each scalar must therefore be held in a field or disposed of after the call, and no function may be
/// called that makes scalars of its own, such as the sum of two tensors.
/// </summary>
public class ScalarTests
{
    private const string Scalar = "TorchSharp.Scalar";

    private static readonly HashSet<string> Makers = FindMakers();

    public static TheoryData<string> Assemblies =>
        ["LuceneLsr.Torch", "LuceneLsr.Training", "LuceneLsr.Onnx.Export", "lsr-train", "lsr-bench"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_keeps_every_scalar_alive(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Subjects.GetPath(assembly));
        Assert.Empty(GetMethods(module).SelectMany(FindFaults));
    }

    /// <summary>Otherwise the test above could not fail.</summary>
    [Theory]
    [InlineData("op_Addition(TorchSharp.torch/Tensor,TorchSharp.torch/Tensor)")]
    [InlineData("op_Multiply(TorchSharp.torch/Tensor,System.Double)")]
    [InlineData("square()")]
    public void TorchSharp_has_functions_that_make_scalars(string function) =>
        Assert.Contains(Makers, maker => maker.EndsWith(function, StringComparison.Ordinal));

    private static HashSet<string> FindMakers()
    {
        var folder = Path.GetDirectoryName(Subjects.GetPath("lsr-train"))!;
        using var module = ModuleDefinition.ReadModule(Path.Combine(folder, "TorchSharp.dll"));
        MethodDefinition[] methods =
            [.. GetMethods(module).Where(method => method.DeclaringType.FullName != Scalar && method.Name != "ToScalar")];
        var makers = methods.Where(method => GetCalls(method).Any(call => MakesScalar(call.Method)))
            .Select(method => method.FullName).ToHashSet(StringComparer.Ordinal);
        int count;
        do
        {
            count = makers.Count;
            makers.UnionWith(methods.Where(method => GetCalls(method).Any(call => Calls(call, makers)))
                .Select(method => method.FullName));
        }
        while (makers.Count > count);
        return makers;
    }

    private static IEnumerable<string> FindFaults(MethodDefinition method)
    {
        var kept = 0;
        foreach (var call in GetCalls(method))
        {
            if (Calls(call, Makers))
            {
                yield return $"{method.FullName} calls {call.Method.FullName}";
            }

            if (MakesScalar(call.Method))
            {
                var isLocal = IsStoreOfLocal(call.Next);
                kept += isLocal ? 1 : 0;
                if (!isLocal && call.Next?.OpCode.Code is not (Code.Stfld or Code.Stsfld))
                {
                    yield return $"{method.FullName} passes a temporary scalar";
                }
            }
        }

        if (GetCalls(method).Count(call => call.Method.Name == "Dispose") < kept)
        {
            yield return $"{method.FullName} does not dispose of a scalar";
        }
    }

    private static bool IsStoreOfLocal(Instruction? instruction) => instruction?.OpCode.Code
        is Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 or Code.Stloc or Code.Stloc_S;

    private static bool MakesScalar(MethodReference method) =>
        (method.DeclaringType.FullName == Scalar && method.Name is "op_Implicit" or ".ctor") || method.Name == "ToScalar";

    // A constructor only defines: a module makes its scalars when it is called.
    private static bool Calls((MethodReference Method, Instruction? Next) call, HashSet<string> makers) =>
        call.Method.Name != ".ctor" && makers.Contains(call.Method.FullName);

    private static IEnumerable<(MethodReference Method, Instruction? Next)> GetCalls(MethodDefinition method) =>
        from instruction in method.Body.Instructions
        where instruction.Operand is MethodReference
        select (((MethodReference)instruction.Operand).GetElementMethod(), instruction.Next);

    private static IEnumerable<MethodDefinition> GetMethods(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);
}
