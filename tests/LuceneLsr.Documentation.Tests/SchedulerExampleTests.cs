using System.Diagnostics;
using k8s;
using k8s.Models;
using LuceneLsr.Documentation.Tests.Pages;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Documentation.Tests;

/// <summary>Runs the examples for schedulers with a program in place of lsr-search that prints its arguments.</summary>
public sealed class SchedulerExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Slurm => Repository.GetPath("docs/examples/encode-shards.slurm");

    private static string Kubernetes => Repository.GetPath("docs/examples/encode-shards.yaml");

    public void Dispose() => _folder.Dispose();

    /// <summary>Strict: unknown fields and wrong types are errors.</summary>
    [Fact]
    public void Kubernetes_job_has_the_schema_of_its_client_and_one_shard_per_completion()
    {
        var job = KubernetesYaml.Deserialize<V1Job>(File.ReadAllText(Kubernetes), strict: true);
        Assert.Equal(("batch/v1", "Job", "Indexed"), (job.ApiVersion, job.Kind, job.Spec.CompletionMode));
        var container = Assert.Single(job.Spec.Template.Spec.Containers);
        Assert.Equal($"{job.Spec.Completions}", Assert.Single(container.Env, entry => entry.Name == "SHARDS").Value);
        Assert.Equal(
            Assert.Single(job.Spec.Template.Spec.Volumes).Name, Assert.Single(container.VolumeMounts).Name);
        Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy); // backoffLimitPerIndex requires it
    }

    [Fact]
    public void Kubernetes_pod_encodes_the_shard_of_its_index()
    {
        var job = KubernetesYaml.Deserialize<V1Job>(File.ReadAllText(Kubernetes), strict: true);
        var command = job.Spec.Template.Spec.Containers[0].Command;
        Assert.Equal(
            "encode --input /data/corpus.jsonl.gz --output /data/out/part-00003.jsonl.gz --shard 3/8",
            Run(command[0], [.. command.Skip(1)], ("JOB_COMPLETION_INDEX", "2"), ("SHARDS", "8")));
    }

    [Theory]
    [InlineData("1", "8", "3")]
    [InlineData("0", "7", "2")]
    public void Slurm_task_encodes_the_shard_of_its_number(string first, string last, string task)
    {
        var output = _folder.File("part-00003.jsonl.gz");
        (string, string)[] environment =
        [
            ("SLURM_ARRAY_TASK_MIN", first), ("SLURM_ARRAY_TASK_MAX", last), ("SLURM_ARRAY_TASK_ID", task),
            ("SLURM_CPUS_PER_TASK", "4"), ("OUTPUT", _folder.Path), ("INPUT", "corpus.jsonl"),
        ];
        Assert.Equal(
            $"encode --input corpus.jsonl --output {output} --shard 3/8 --threads 4", Run("bash", [Slurm], environment));
        File.WriteAllText(output, "");
        Assert.Equal($"{output} is complete.", Run("bash", [Slurm], environment));
    }

    private string Run(string shell, string[] arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        var program = _folder.File("lsr-search");
        File.WriteAllText(program, "#!/bin/sh\necho \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
