using System.ComponentModel.DataAnnotations;
using LuceneLsr.Playground.Messages;
using ModelContextProtocol;

namespace LuceneLsr.Playground.Agents;

/// <summary>Tells agents what was wrong with a call. Other exceptions reach them without their message.</summary>
internal static class ToolErrors
{
    /// <summary>Checks the limits of the message of a call and runs the tool.</summary>
    public static TAnswer Run<TMessage, TAnswer>(TMessage message, Func<TMessage, TAnswer> tool)
        where TMessage : notnull => Run(() =>
    {
        MessageValidator.Validate(message);
        return tool(message);
    });

    /// <summary>Runs a tool that needs no message.</summary>
    public static TAnswer Run<TAnswer>(Func<TAnswer> tool)
    {
        try
        {
            return tool();
        }
        catch (Exception exception) when (exception is ValidationException or KeyNotFoundException)
        {
            throw new McpException(exception.Message, exception);
        }
    }
}
